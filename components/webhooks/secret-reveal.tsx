'use client';

import { TriangleAlert } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Tabs } from '@/components/ui/tabs';
import { verifySnippets } from './model/verify-snippets';

/** A value that is shown once: large, selectable, to copy, with a plain warning. */
export function OnceOnly({ value, label, children }: { value: string; label: string; children: string }) {
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-2 rounded-lg border border-brand/40 bg-brand-soft py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 select-all break-all font-mono text-[0.8125rem]">{value}</code>
        <CopyButton value={value} label={`Copy ${label}`} showLabel variant="primary" />
      </div>
      <p className="flex gap-2 rounded-lg bg-warn-soft px-3 py-2 text-warn">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        {children}
      </p>
    </div>
  );
}

/** A webhook's secret, this once, and how a receiver uses it. */
export function SecretReveal({ secret }: { secret: string }) {
  const { node, python } = verifySnippets(secret);
  return (
    <div className="grid gap-6">
      <OnceOnly value={secret} label="secret">
        Copy the secret now and store it with your system. It is not shown again; if it gets lost, make a new
        one.
      </OnceOnly>
      <section aria-label="How to verify" className="grid min-w-0 gap-2">
        <h3 className="font-semibold">How to verify</h3>
        <p className="text-ink-3">
          Whoever looks after the receiving system checks with it that a message is from us. Give them this.
        </p>
        <Tabs
          label="Language"
          tabs={[
            { value: 'node', label: 'Node', content: <CodeBlock label="Node, Express" code={node} /> },
            { value: 'python', label: 'Python', content: <CodeBlock label="Python, Flask" code={python} /> },
          ]}
        />
      </section>
    </div>
  );
}
