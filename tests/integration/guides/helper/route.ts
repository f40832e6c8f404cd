import { webhookOfferAccepted } from '@/lib/webhooks/events';
import { acceptOffer } from './offers';

export async function POST(request: Request): Promise<Response> {
  const offer = await acceptOffer(await request.json());
  webhookOfferAccepted({
    agencyId: offer.organizationId,
    offerId: offer.id,
    applicationId: offer.applicationId,
    candidateId: offer.candidateId,
  });
  return Response.json({ success: true });
}
