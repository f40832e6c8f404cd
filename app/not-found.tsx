import { Unplug } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={Unplug}
        title="There is nothing at this address"
        action={
          <Button asChild variant="primary">
            <Link href="/recruiter/api">Go to your webhooks</Link>
          </Button>
        }
      >
        The page may have been moved, or the link is not complete.
      </EmptyState>
    </main>
  );
}
