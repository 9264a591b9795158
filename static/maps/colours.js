/** The colours of a map: the stylesheet's own, read as they are now, and what each organisation is coloured by. */

const TOKENS = {
  ink: "var(--ink)",
  quiet: "var(--quiet)",
  paper: "var(--map-paper)",
  rule: "var(--rule)",
  edge: "var(--edge)",
  tent: "var(--tent)",
  good: "var(--good)",
  sea: "var(--map-sea)",
  land: "var(--map-land)",
  border: "var(--map-border)",
  link: "var(--map-link)",
  faint: "var(--map-faint)",
  halo: "var(--map-halo)",
  ring: "var(--map-ring)",
  member: "var(--member)",
  partner: "var(--partner)",
  club: "var(--club)",
  affiliate: "var(--affiliate)",
  core: "var(--core)",
};
const FORCED = {
  ink: "CanvasText",
  paper: "Canvas",
  halo: "Canvas",
  land: "Canvas",
  sea: "Canvas",
  ring: "Highlight",
  tent: "Highlight",
};
const MANY = 8; // countries that have a colour of their own
const STEPS = 5;

const mixed = (one, share, other) => `color-mix(in oklab, ${one} ${share}%, ${other})`;

/** Whether the system's own few colours are all that there is. */
export const forced = () => matchMedia("(forced-colors: active)").matches;

/** What turns colours of the stylesheet, as they would be written there, into ones that a canvas knows. */
export function reader(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const system = forced();
  const known = new Map();
  const readAll = (texts) => {
    const asked = texts.map((written) => {
      const one = document.createElement("i");
      one.style.color = written;
      return one;
    });
    probe.replaceChildren(...asked); // all at once: each reading after a change costs the page a recalculation
    asked.forEach((one, place) => known.set(texts[place], getComputedStyle(one).color));
  };
  const written = (name) => (system ? (FORCED[name] ?? "CanvasText") : TOKENS[name]);
  const hues = ["member", "partner", "core", "affiliate", "club"].map((name) => `var(--${name})`);
  hues.push(...hues.map((hue) => mixed(hue, 48, "var(--map-paper)")));
  readAll([...Object.keys(TOKENS).map(written), ...hues]);
  const tokens = Object.fromEntries(Object.keys(TOKENS).map((name) => [name, known.get(written(name))]));
  tokens.hues = hues.map((hue) => (system ? tokens.ink : known.get(hue)));
  const read = (text) => {
    if (system) return tokens.ink;
    if (!known.has(text)) readAll([text]);
    return known.get(text);
  };
  return { tokens, system, read, done: () => probe.remove() };
}

const ramp = (from, to, read) =>
  Array.from({ length: STEPS }, (none, step) => read(mixed(to, (100 * step) / (STEPS - 1), from)));

const WAYS = {
  category: (scene, { read, drawnAs, labels }) => ({
    of: scene.category,
    key: scene.categories.map((name) => ({
      colour: read(`var(--${drawnAs[name]?.colour ?? "quiet"})`),
      label: labels.categories[name] ?? name,
      shape: drawnAs[name]?.shape,
    })),
  }),
  standing: (scene, { read, labels }) => {
    const shades = {
      desired: "var(--tent)",
      in_conversation: "var(--core)",
      current: "var(--partner)",
      paused: "var(--affiliate)",
    };
    return {
      of: scene.standing,
      key: scene.standings.map((name) => ({
        colour: read(shades[name] ?? "var(--quiet)"),
        label: labels.standings[name] ?? name,
      })),
    };
  },
  freshness: (scene, { read, labels }) => {
    const shades = { fresh: "var(--good)", ageing: mixed("var(--good)", 45, "var(--map-paper)"), stale: "var(--core)" };
    return {
      of: scene.freshness,
      key: scene.freshnesses.map((name) => ({
        colour: read(shades[name] ?? "var(--quiet)"),
        label: labels.freshnesses[name] ?? name,
      })),
    };
  },
  country: (scene, { tokens, read, words }) => {
    const sums = new Map();
    for (let i = 0; i < scene.count; i += 1) sums.set(scene.country[i], (sums.get(scene.country[i]) ?? 0) + 1);
    const named = (place) => scene.countries[place]?.[0];
    const first = [...sums]
      .filter(([place]) => named(place))
      .sort((a, b) => b[1] - a[1])
      .slice(0, MANY);
    const places = new Map(first.map(([place], order) => [place, order]));
    const key = first.map(([place], order) => ({ colour: tokens.hues[order], label: scene.countries[place][1] }));
    key.push({ colour: read("var(--map-elsewhere)"), label: words.elsewhere });
    return {
      of: Uint8Array.from({ length: scene.count }, (none, i) => places.get(scene.country[i]) ?? first.length),
      key,
    };
  },
  ties: (scene, { read }) => {
    const shades = ramp("var(--map-faint)", "var(--tent)", read);
    const most = Math.max(1, scene.degree[scene.important[0]] ?? 1);
    const last = (place) => Math.max(least[place], least[place + 1] - 1);
    const step = (ties) => Math.min(STEPS - 1, Math.floor((STEPS * Math.log1p(ties)) / Math.log1p(most + 1)));
    const least = Array.from({ length: STEPS }, (none, place) =>
      Math.ceil(Math.expm1((place / STEPS) * Math.log1p(most + 1))),
    );
    return {
      of: Uint8Array.from(scene.degree, step),
      key: shades.map((colour, place) => ({
        colour,
        label: place === STEPS - 1 ? `${least[place]}+` : `${least[place]}–${last(place)}`,
      })),
    };
  },
  balance: (scene, { read, words }) => {
    const key = [
      { colour: read("var(--good)"), label: words.givesMore },
      { colour: read("var(--core)"), label: words.balanced },
      { colour: read("var(--tent)"), label: words.seeksMore },
      { colour: read("var(--quiet)"), label: words.neither },
    ];
    const of = new Uint8Array(scene.count);
    for (let i = 0; i < scene.count; i += 1) {
      const [given, sought] = [scene.offers[i], scene.seeks[i]];
      of[i] = !given && !sought ? 3 : given > sought ? 0 : given < sought ? 2 : 1;
    }
    return { of, key };
  },
};

/** How a scene is coloured by a field: `of` gives each organisation's place in `key`, which says colour and label. */
export const colouring = (scene, field, context) => (WAYS[field] ?? WAYS.category)(scene, context);

const WEIGHTS = {
  ties: (scene) => scene.degree,
  offers: (scene) => scene.offers,
  seeks: (scene) => scene.seeks,
  same: () => null,
};

/** How large each organisation's mark is, in map units from its middle to its rim. */
export function sizing(scene, field, gathers) {
  const weights = (WEIGHTS[field] ?? WEIGHTS.ties)(scene);
  const step = field === "ties" || !WEIGHTS[field] ? 0.13 : 0.24;
  const least = scene.categories.map((key) => (gathers.has(key) ? 0.95 : 0));
  const radii = new Float32Array(scene.count);
  for (let i = 0; i < scene.count; i += 1) {
    const own = weights ? Math.min(1.6, 0.5 + step * Math.sqrt(weights[i])) : 0.65;
    radii[i] = Math.max(own, least[scene.category[i]]);
  }
  return radii;
}
