// Every attack in the weaker layers of this machine, one layer after the other.
import { layersHere } from "../sandbox/fixtures/layers.js";
import { describeBattle } from "./fixtures/describe-battle.js";

for (const layer of layersHere.slice(0, -1)) describeBattle(layer);
