/** What the dashboard sends to the recruiter's routes. */
import type { ApiKeyScope, Webhook } from './recruiter';

/** POST /webhooks */
export interface CreateWebhookBody {
  url: string;
  events: string[];
  description?: string;
  contract?: Webhook['contract'];
  headers?: Record<string, string>;
}
/** PATCH /webhooks/:id: `headers`, when sent, replaces all of them. */
export type UpdateWebhookBody = Partial<Omit<CreateWebhookBody, 'contract' | 'description'>> & {
  description?: string | null;
  is_active?: boolean;
};
/** POST /webhooks/:id/recover */
export interface RecoverBody {
  since?: string;
  statuses?: ('held' | 'failed')[];
  dryRun?: boolean;
}
/** POST /api-keys */
export interface CreateApiKeyBody {
  name: string;
  scope: ApiKeyScope;
}
