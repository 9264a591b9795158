/** Drawing a link: drag from one organisation to another, or choose both ends one after the other; then its type. */
import { fill } from "../islands.js";
import { menu } from "./menus.js";
import { inOrder, say } from "./saying.js";

const RIM = 11; // pixels around a mark where a link begins

export function linking(page, send, refuse) {
  const { stage, words, labels, section } = page;
  const networks = section.dataset.mapNetworks?.split(" ").map(Number); // of a coordinator, who proposes their members
  const { scene } = stage;
  stage.rim = RIM;
  let from = -1;
  let end = null;

  stage.overlays.push((paint) => {
    if (from < 0) return;
    const { tokens } = stage.painter;
    const [x, y] = stage.at(from);
    stage.painter.ring(paint, from, { away: 5, line: 2, colour: tokens.tent });
    if (!end) return;
    paint.strokeStyle = tokens.tent;
    paint.lineWidth = 2;
    paint.setLineDash([5, 4]);
    paint.beginPath();
    paint.moveTo(x, y);
    paint.lineTo(...end);
    paint.stroke();
    paint.setLineDash([]);
  });

  const stop = () => {
    from = -1;
    end = null;
    stage.refresh();
  };
  /** The links between two that may be proposed. */
  const proposals = (source, target) => {
    if (!networks) return inOrder(page, "type", "types").map((type) => ({ source, target, type }));
    const [network, member] = networks.includes(target) ? [target, source] : [source, target];
    return networks.includes(network) ? [{ source: member, target: network, type: "member_of" }] : [];
  };
  const ask = (source, target) => {
    stop();
    if (source < 0 || target < 0 || source === target) return;
    const [one, other] = [scene.ids[source], scene.ids[target]];
    const title = fill(words.linkOf, { one: scene.names[source], other: scene.names[target] });
    const items = proposals(one, other).map((step) => ({
      label: labels.types[step.type] ?? step.type,
      does: () => send({ kind: "tie", ...step }),
    }));
    const there = scene.tiesOf(source).filter((tie) => scene.across(tie, source) === target && scene.tieIds?.[tie]);
    for (const tie of there) {
      const label = fill(words.untie, { type: labels.types[scene.types[scene.type[tie]]] ?? "" });
      items.push({ label, does: () => send({ kind: "untie", tie: scene.tieIds[tie] }) });
    }
    if (!items.length) {
      refuse({ kind: "tie", source: one, target: other }, { why: words.onlyMembers });
      return;
    }
    const [x, y] = stage.at(target);
    menu(page, [x + 14, y - 10], title, items);
  };

  return {
    get begun() {
      return from >= 0;
    },
    /** Whether a pixel is on the rim of an organisation's mark, where dragging draws a link. */
    onRim(i, [x, y]) {
      const [cx, cy] = stage.at(i);
      const away = Math.hypot(x - cx, y - cy) - stage.radiusOf(i);
      return away > 1 && away < RIM;
    },
    begin(i) {
      from = i;
      say(page, fill(words.linkFrom, { name: scene.names[i] }));
      stage.refresh();
    },
    move(pixel, over) {
      end = over >= 0 ? stage.at(over) : pixel;
      stage.refresh();
    },
    /** End at an organisation: its type is asked for. At -1 nothing comes of it. */
    end(i) {
      ask(from, i);
    },
    ask,
    stop,
  };
}
