// Shows that one knows the secret, without saying it.
import { createHmac, timingSafeEqual } from "node:crypto";

export const proofOf = (token: string, challenge: string): string =>
  createHmac("sha256", token).update(`retroprop ${challenge}`).digest("hex");

export function isProof(proof: string, token: string, challenge: string): boolean {
  const expected = Buffer.from(proofOf(token, challenge));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
