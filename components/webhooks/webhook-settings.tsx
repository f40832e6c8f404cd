'use client';

import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/time';
import type { Webhook } from '@/lib/shapes/recruiter';
import { eventInWords } from './model/event-words';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { usePermissions } from './use-permissions';

function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_1fr] gap-3 py-2.5">
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** What a webhook is set to. */
export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { canWrite } = usePermissions();
  const [rotating, setRotating] = useState(false);
  return (
    <Card aria-label="Settings" className="px-5 py-4">
      <h2 className="font-semibold tracking-[-0.01em]">Settings</h2>
      <dl className="mt-1 divide-y divide-line">
        <Setting label="Events">
          <ul className="grid max-h-44 gap-0.5 overflow-y-auto">
            {webhook.events.map((event) => (
              <li key={event}>
                {eventInWords(event)} <code className="font-mono text-2xs text-ink-3">{event}</code>
              </li>
            ))}
          </ul>
        </Setting>
        <Setting label="Secret">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="text-ink-2">Shown once, kept safe</span>
            {canWrite ? (
              <Button size="sm" onClick={() => setRotating(true)}>
                <KeyRound aria-hidden />
                Rotate secret
              </Button>
            ) : null}
          </div>
        </Setting>
        {webhook.headers.length > 0 ? (
          <Setting label="Headers">
            {webhook.headers.map((name) => (
              <code key={name} className="mr-1.5 rounded bg-sunken px-1.5 py-0.5 font-mono text-xs">
                {name}
              </code>
            ))}
          </Setting>
        ) : null}
        <Setting label="Added">
          <RelativeTime at={webhook.created_at} />
        </Setting>
      </dl>
      {rotating ? <RotateSecretDialog webhook={webhook} onClose={() => setRotating(false)} /> : null}
    </Card>
  );
}
