// What the graph of computation says when it cannot give a gradient.

/** A graph that cannot give the gradient it is asked for. */
export class GraphError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GraphError";
  }
}
