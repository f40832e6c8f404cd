'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { format } from 'date-fns';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RadioCards } from '@/components/ui/radio-cards';
import type { Webhook } from '@/lib/shapes/recruiter';
import { rotateSecret } from './data/mutations';
import { SecretReveal } from './secret-reveal';

const overlaps = [
  { value: '24', title: 'One day', description: 'The usual choice: time to put the new secret in place.' },
  { value: '168', title: 'One week', description: 'For a system that is changed on certain days only.' },
  { value: '1', title: 'One hour', description: 'You are about to change it now.' },
  {
    value: '0',
    title: 'Not at all',
    description: 'The old secret leaked. Deliveries fail to verify until the new one is in place.',
  },
] as const;

type Overlap = (typeof overlaps)[number]['value'];

/** Makes a new secret; for the time that is chosen, deliveries carry the signatures of both. */
export function RotateSecretDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [overlap, setOverlap] = useState<Overlap>('24');
  const rotate = useMutation(rotateSecret(useQueryClient(), webhook.id));

  if (rotate.data) {
    const { secret, previousExpiresAt } = rotate.data;
    return (
      <Dialog
        open
        onOpenChange={onClose}
        dismissible={false}
        title="New secret made"
        description={
          previousExpiresAt
            ? `The old one holds until ${format(new Date(previousExpiresAt), 'EEEE d MMMM, HH:mm')}.`
            : 'The old one holds no longer.'
        }
        footer={
          <Button variant="primary" onClick={onClose}>
            I have stored the secret
          </Button>
        }
      >
        <SecretReveal secret={secret} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rotate the secret"
      description="A new secret is made and shown once."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate(Number(overlap))}>
            Make a new secret
          </Button>
        </>
      }
    >
      <h3 className="mb-2 font-medium">For how long should the old secret hold as well?</h3>
      <RadioCards label="Overlap" value={overlap} onChange={setOverlap} choices={overlaps} />
      <p role="alert" className="mt-4 text-bad empty:hidden">
        {rotate.error?.message}
      </p>
    </Dialog>
  );
}
