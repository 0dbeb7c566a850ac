// The view as a PNG, with what it must not be parted from: for whom, as of when, which cut, whether it is invented.
const STRIP = 46;

export function pictureOf(map, room) {
  const drawn = map.getCanvas();
  const page = document.createElement("canvas");
  const scale = window.devicePixelRatio || 1;
  page.width = drawn.width;
  page.height = drawn.height + STRIP * scale;
  const pen = page.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, page.width, page.height);
  pen.drawImage(drawn, 0, 0);
  pen.fillStyle = "#111111";
  pen.font = `${12 * scale}px 'Room Sans'`;
  const lines = [[room.dataset.exercise, room.dataset.stamp].filter(Boolean).join(" · "), room.dataset.credit];
  lines.forEach((line, n) => pen.fillText(line, 8 * scale, drawn.height + (18 + 18 * n) * scale, page.width - 16 * scale));
  page.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "map.png";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
