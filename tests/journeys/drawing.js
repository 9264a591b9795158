// What a test asks of the drawing table before it: `await ask([what, given])`.
async ([what, given]) => {
  const section = document.querySelector("#map");
  const { maps } = await import("/static/maps/main.js");
  const { Scene } = await import("/static/maps/scene.js");
  const { stage } = maps.get(section);
  if (["point", "free"].includes(what)) {
    stage.canvas.scrollIntoView({ block: "center", behavior: "instant" });
    for (let before = ""; before !== JSON.stringify(stage.camera); ) {
      before = JSON.stringify(stage.camera); // until nothing glides any more
      await new Promise((go) => setTimeout(go, 60));
    }
  }
  const box = stage.canvas.getBoundingClientRect();
  const sorted = (some) => [...some].sort();

  /** What a scene says, by names. */
  const told = (scene) => {
    const there = scene.ids.map((id, i) => i).filter((i) => !scene.gone[i]);
    const ties = Array.from({ length: scene.tieCount }, (none, tie) => tie).filter((tie) => !scene.lost[tie]);
    const name = (i) => scene.names[i];
    const marked = (column) => sorted(there.filter((i) => scene[column][i]).map(name));
    const facts = (i) => [
      scene.categories[scene.category[i]],
      scene.standings[scene.standing[i]],
      scene.countries[scene.country[i]][0],
      Math.round(scene.x[i] * 10),
      Math.round(scene.y[i] * 10),
    ];
    const tied = (tie) => [name(scene.source[tie]), scene.types[scene.type[tie]], name(scene.target[tie]), scene.proposed[tie]];
    return {
      nodes: Object.fromEntries(there.map((i) => [name(i), facts(i)])),
      ties: sorted(ties.map((tie) => tied(tie).join(" · "))),
      groups: Object.fromEntries(scene.groups.map((one) => [one.name, sorted(one.members.map(name))])),
      notes: sorted(scene.notes.map((one) => [one.text, one.x, one.y, one.width, one.height, one.staff_only].join(" · "))),
      pinned: marked("pinned"),
      hidden: marked("hidden"),
      colour: scene.colour,
      size: scene.size,
    };
  };
  const known = {
    drawn: () => told(stage.scene),
    kept: async () => told(new Scene(await (await fetch(section.dataset.mapScene)).json())),
    /** Wait until what is drawn has so many notes; gives whether that came. */
    notes: async () => {
      for (let tries = 0; tries < 300 && stage.scene.notes.length !== given; tries += 1) await new Promise((go) => setTimeout(go, 50));
      return stage.scene.notes.length === given;
    },
    id: () => stage.scene.ids[stage.scene.names.indexOf(given)],
    selected: () => [...stage.selected].map((i) => stage.scene.names[i]),
    /** Where an organisation stands in the window, and how large it is. */
    point: () => {
      const i = stage.scene.names.findIndex((name, at) => name === given && stage.shown[at]);
      const [x, y] = stage.at(i);
      return [box.left + x, box.top + y, stage.radiusOf(i)];
    },
    /** How far an organisation is from the one that the keyboard is on, across and down. */
    way: () => {
      const i = stage.scene.names.findIndex((name, at) => name === given && stage.shown[at]);
      return ["x", "y"].map((axis) => (stage.focus < 0 ? 0 : stage.place[axis][i] - stage.place[axis][stage.focus]));
    },
    /** The corner of an empty square of the map, `given` pixels wide, as far from everything as there is. */
    free: () => {
      const { scene, shown, width, height } = stage;
      const marks = scene.ids.map((id, i) => i).filter((i) => shown[i]).map(stage.at);
      const empty = (x, y) => document.elementFromPoint(box.left + x, box.top + y) === stage.canvas;
      const away = (x, y) => Math.min(...marks.map((mark) => Math.hypot(mark[0] - x, mark[1] - y)));
      const size = given ?? 0;
      let best = [-1];
      for (let x = 30; x < width - 30 - size; x += 15) {
        for (let y = 30; y < height - 30 - size; y += 15) {
          const room = Math.min(120, away(x, y), away(x + size, y + size), away(x + size / 2, y + size / 2));
          if (room > best[0] && empty(x, y) && empty(x + size, y + size)) best = [room, box.left + x, box.top + y];
        }
      }
      return best.slice(1);
    },
  };
  return known[what]();
};
