'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { TooltipProvider } from '@/components/ui/tooltip';
import { queryClient } from '@/components/webhooks/data/client';

/** What every page of the dashboard stands in: data, URL state, tooltips, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient()}>
      <NuqsAdapter>
        <TooltipProvider delayDuration={250}>{children}</TooltipProvider>
      </NuqsAdapter>
      <Toaster
        position="bottom-left"
        toastOptions={{
          classNames: {
            toast: '!rounded-xl !border-line !bg-raised !font-sans !text-ink !shadow-float',
            description: '!text-ink-3',
            actionButton: '!bg-brand !text-on-brand',
          },
        }}
      />
    </QueryClientProvider>
  );
}
