/** The map as a picture of print size: the server's drawing, painted large. */
import { make } from "../islands.js";
import { withArguments } from "./address.js";

const LONG_SIDE = 4961; // pixels: A3 at 300 to the inch

/** The picture of a drawing at an address, as a PNG. */
export async function printed(address) {
  const drawing = new Image();
  drawing.src = address;
  await drawing.decode();
  const enlarged = LONG_SIDE / Math.max(drawing.naturalWidth, drawing.naturalHeight);
  const canvas = make("canvas");
  canvas.width = Math.round(drawing.naturalWidth * enlarged);
  canvas.height = Math.round(drawing.naturalHeight * enlarged);
  canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((picture) => (picture ? resolve(picture) : reject(new Error("no picture"))), "image/png"),
  );
}

/** Add the button that saves the picture beside the other formats. */
export function exporting(page) {
  const { section, words } = page;
  const place = section.querySelector(".formats");
  const { mapSvg } = section.dataset;
  if (!place || !mapSvg) return;
  const button = make("button", { type: "button", class: "link" }, words.picture);
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      const ours = Object.fromEntries(
        [...new URL(location.href).searchParams.keys()].map((name) => [
          name,
          new URL(location.href).searchParams.getAll(name),
        ]),
      );
      const picture = await printed(withArguments(mapSvg, ours));
      const address = URL.createObjectURL(picture);
      const name = (page.stage.scene.title || "map").replace(/[^\p{L}\p{N}]+/gu, "-");
      make("a", { href: address, download: `${name}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      console.info(error);
      page.said.textContent = words.failed;
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  place.append(" · ", button);
}
