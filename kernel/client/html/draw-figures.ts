// The page's one script, which runs in the browser: unpacks plotly, then draws each figure over its still picture.

/** Plain JavaScript, as text: nothing compiles it on its way to the page. */
export const drawFigures = `(async () => {
  const packed = document.getElementById("plotly");
  const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
  packed.remove();
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const source = new Blob([await new Response(unpacked).blob()], { type: "text/javascript" });
  const script = document.createElement("script");
  script.src = URL.createObjectURL(source);
  await new Promise((loaded, failed) => {
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
  });
  URL.revokeObjectURL(script.src);
  for (const figure of document.querySelectorAll("figure.plotly")) {
    const { data, layout = {}, config = {} } = JSON.parse(figure.querySelector("script").textContent);
    const live = document.createElement("div");
    live.className = "live";
    figure.append(live);
    try {
      if (layout.width) live.style.maxWidth = layout.width + "px";
      delete layout.width;
      if (layout.paper_bgcolor === "rgba(0,0,0,0)") layout.font = { ...layout.font, color: getComputedStyle(figure).color };
      await Plotly.newPlot(live, data, layout, { ...config, responsive: true, displaylogo: false });
      figure.classList.add("drawn");
    } catch (error) {
      live.remove();
      console.error(error);
    }
  }
})();`;
