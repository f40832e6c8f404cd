'use client';

import { ArrowRight, EllipsisVertical, KeyRound, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dropdown,
  DropdownContent,
  DropdownItem,
  DropdownSeparator,
  DropdownTrigger,
} from '@/components/ui/dropdown';
import type { Webhook } from '@/lib/shapes/recruiter';
import { DeleteWebhookDialog } from './delete-webhook-dialog';
import { EditWebhookDialog } from './edit-webhook-dialog';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { usePermissions } from './use-permissions';

type MenuDialog = 'edit' | 'rotate' | 'delete';

/** What else can be done with a webhook of the list. */
export function WebhookMenu({ webhook, describedBy }: { webhook: Webhook; describedBy: string }) {
  const { canWrite } = usePermissions();
  const [dialog, setDialog] = useState<MenuDialog | null>(null);
  // A dialog opens when the menu has given the focus back to its button: there it returns afterwards.
  const chosen = useRef<MenuDialog | null>(null);
  const openChosen = () => {
    setDialog(chosen.current);
    chosen.current = null;
  };
  const choose = (choice: MenuDialog) => {
    chosen.current = choice;
  };
  const close = () => setDialog(null);
  return (
    <>
      <Dropdown>
        <DropdownTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More actions" aria-describedby={describedBy}>
            <EllipsisVertical aria-hidden />
          </Button>
        </DropdownTrigger>
        <DropdownContent onCloseAutoFocus={openChosen}>
          <DropdownItem asChild>
            <Link href={`/recruiter/api/webhooks/${webhook.id}`}>
              <ArrowRight aria-hidden />
              Open
            </Link>
          </DropdownItem>
          {canWrite ? (
            <>
              <DropdownItem onSelect={() => choose('edit')}>
                <Pencil aria-hidden />
                Edit
              </DropdownItem>
              <DropdownItem onSelect={() => choose('rotate')}>
                <KeyRound aria-hidden />
                Rotate secret
              </DropdownItem>
              <DropdownSeparator />
              <DropdownItem danger onSelect={() => choose('delete')}>
                <Trash2 aria-hidden />
                Delete
              </DropdownItem>
            </>
          ) : null}
        </DropdownContent>
      </Dropdown>
      {dialog === 'edit' ? <EditWebhookDialog webhook={webhook} onClose={close} /> : null}
      {dialog === 'rotate' ? <RotateSecretDialog webhook={webhook} onClose={close} /> : null}
      {dialog === 'delete' ? <DeleteWebhookDialog webhook={webhook} onClose={close} /> : null}
    </>
  );
}
