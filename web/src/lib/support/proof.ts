/** So many hashes at a time: the page answers to its visitor in between. */
const AT_ONCE = 200;

/**
 * Finds a number that makes the hash of a challenge begin with enough 0 bits. Null where the
 * browser lends no hash to a page: on one that came without TLS.
 */
export async function findProof(challenge: string, difficulty: number): Promise<string | null> {
  const { subtle } = crypto;
  if (subtle === undefined) return null;
  const encoder = new TextEncoder();
  for (let first = 0; ; first += AT_ONCE) {
    const proofs = Array.from({ length: AT_ONCE }, (_, index) => `${challenge}.${first + index}`);
    const hashes = await Promise.all(
      proofs.map((proof) => subtle.digest('SHA-256', encoder.encode(proof))),
    );
    const found = hashes.findIndex(
      (hash) => new DataView(hash).getUint32(0) >>> (32 - difficulty) === 0,
    );
    if (found >= 0) return proofs[found] ?? null;
  }
}
