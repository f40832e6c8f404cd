/** Stands for the platform's own code in the README's sample. */
export async function acceptOffer(offer: { id: string }) {
  return { ...offer, organizationId: 'org', applicationId: 'app', candidateId: 'cand' };
}
