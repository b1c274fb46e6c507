// The last layer reads hiddenDim inputs, even where there is no layer before it.
import { zeros } from "retroprop";
import { DeepNetwork as Correct, glorotInit, Parameter } from "../../../../course/tp2/reference/index.js";

export * from "../../../../course/tp2/reference/index.js";

export class DeepNetwork extends Correct {
  override readonly outputW: Parameter;

  constructor(...[dimInput, dimOutput, hiddenDim, nLayers, options]: ConstructorParameters<typeof Correct>) {
    super(dimInput, dimOutput, hiddenDim, nLayers, options);
    this.outputW = new Parameter(zeros([dimOutput, hiddenDim]), "outputW");
    glorotInit(this.outputW.data, options.random);
  }
}
