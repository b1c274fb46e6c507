// All styles, in order: JupyterLab's, then ours over them.
import "@jupyterlab/theme-light-extension/style/variables.css";
import "@jupyterlab/notebook/style/index.js";
import "katex/dist/katex.min.css";
import "./colours.css";
import "./page.css";
import "./notebook.css";
import "./course.css";
import "./narrow-and-print.css";
