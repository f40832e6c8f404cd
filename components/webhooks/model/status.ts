import type { Tone } from '@/components/ui/badge';
import type { ApiKeyScope, DeliveryStatus } from '@/lib/shapes/recruiter';

interface StatusView {
  /** Short, for badges and filters. */
  label: string;
  /** A sentence for someone who sees the label for the first time. */
  meaning: string;
  tone: Tone;
  /** Whether it will still change by itself. */
  open: boolean;
}

/** Every delivery status as people read it. */
export const statusViews: Record<DeliveryStatus, StatusView> = {
  pending: { label: 'Sending', meaning: 'It is on its way.', tone: 'info', open: true },
  retrying: {
    label: 'Will retry',
    meaning: 'An attempt failed; it is tried again automatically.',
    tone: 'warn',
    open: true,
  },
  success: { label: 'Delivered', meaning: 'Your server accepted it.', tone: 'ok', open: false },
  failed: {
    label: 'Failed',
    meaning: 'Every attempt failed. You can resend it.',
    tone: 'bad',
    open: false,
  },
  held: {
    label: 'Held',
    meaning: 'It was kept while the webhook was off, and can still be sent.',
    tone: 'held',
    open: false,
  },
};

/** Whether a delivery will still change by itself. */
export function isOpen(status: DeliveryStatus): boolean {
  return statusViews[status].open;
}

/** What an API key may do, as people read it. */
export const scopeViews: Record<ApiKeyScope, { label: string; meaning: string; tone: Tone }> = {
  publish: {
    label: 'Publish only',
    meaning: 'May announce events. The right choice for your hiring platform.',
    tone: 'brand',
  },
  manage: {
    label: 'Manage',
    meaning: 'May also read and change webhooks and their deliveries. For integrations you trust fully.',
    tone: 'warn',
  },
};
