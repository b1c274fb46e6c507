// Every attack in the strongest layer of this machine. The other layers: red-team-layers.test.ts.
import { layersHere } from "../sandbox/fixtures/layers.js";
import { describeBattle } from "./fixtures/describe-battle.js";

describeBattle(layersHere.at(-1)!);
