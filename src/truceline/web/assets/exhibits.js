// A copy of an exhibit is looked at in the browser alone: held against its fingerprint, and blurred until asked for.
// Nothing is sent. Loaded where a case has exhibits.
const MOST_BYTES = 200 * 1024 * 1024;

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

async function look(box, file) {
  const told = box.querySelector("[role=status]"), shown = box.querySelector("[data-shown]");
  shown.replaceChildren();
  if (!file || file.size > MOST_BYTES) return;
  const same = (await fingerprint(file)) === box.dataset.sha256;
  told.textContent = same ? box.dataset.same : box.dataset.other;
  told.classList.toggle("late", !same);
  if (same && file.type.startsWith("image/")) shown.append(picture(box, file));
}

function picture(box, file) {
  const part = document.createDocumentFragment(), image = new Image(), button = document.createElement("button");
  image.src = URL.createObjectURL(file);
  image.alt = box.dataset.alt;
  image.className = "graphic";
  button.type = "button";
  button.textContent = box.dataset.show;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const clear = image.classList.toggle("clear");
    button.setAttribute("aria-pressed", String(clear));
  });
  part.append(button, image);
  return part;
}

for (const box of document.querySelectorAll("[data-exhibit]")) {
  const field = box.querySelector("input[type=file]");
  if (!field || !crypto.subtle) continue;
  box.hidden = false;
  field.addEventListener("change", () => look(box, field.files[0]));
}
