/** The five shapes of the icon sheet, traced onto a path around a point, so large that all weigh the same. */

const TURN = 2 * Math.PI;
const FINE = 6; // pixels: from here on a square's corners are rounded

const corners = (scale, ...points) => points.map(([x, y]) => [((x - 8) / 8) * scale, ((y - 8) / 8) * scale]);

const POLYGONS = {
  tent: corners(1.12, [8, 0.8], [15.8, 15], [10.4, 15], [8, 10.4], [5.6, 15], [0.2, 15]),
  hexagon: corners(1.02, [4.2, 1.4], [11.8, 1.4], [15.6, 8], [11.8, 14.6], [4.2, 14.6], [0.4, 8]),
  star: corners(
    1.25,
    [8, 0.4],
    [10.3, 5.4],
    [15.7, 6],
    [11.7, 9.7],
    [12.8, 15.1],
    [8, 12.4],
    [3.2, 15.1],
    [4.3, 9.7],
    [0.3, 6],
    [5.7, 5.4],
  ),
};

const polygon = (points) => (path, x, y, radius) => {
  path.moveTo(x + points[0][0] * radius, y + points[0][1] * radius);
  for (let i = 1; i < points.length; i += 1) path.lineTo(x + points[i][0] * radius, y + points[i][1] * radius);
  path.closePath();
};

/** For each shape what adds it to a path: (path, x, y, radius in pixels). */
export const TRACES = {
  circle(path, x, y, radius) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, TURN);
  },
  square(path, x, y, radius) {
    const half = radius * 0.89;
    if (radius < FINE) path.rect(x - half, y - half, 2 * half, 2 * half);
    else path.roundRect(x - half, y - half, 2 * half, 2 * half, radius * 0.2);
  },
  tent: polygon(POLYGONS.tent),
  hexagon: polygon(POLYGONS.hexagon),
  star: polygon(POLYGONS.star),
};

/** What adds the shape of that name, or a circle when there is none of it. */
export const traceOf = (shape) => TRACES[shape] ?? TRACES.circle;

/** How far a mark of a radius reaches, in pixels: for rings around it and labels beside it. */
export const reachOf = (shape, radius) => radius * ({ tent: 1.12, star: 1.2 }[shape] ?? 1);

/** Whether a larger one of a shape is as good as a line around it: filling is faster than stroking. */
export const growsEvenly = (shape) => !(shape in POLYGONS);
