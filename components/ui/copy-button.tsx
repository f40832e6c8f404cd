'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from './button';

interface CopyButtonProps {
  value: string;
  /** What is copied, for the button's accessible name: "Copy secret". */
  label: string;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
  variant?: 'primary' | 'secondary' | 'ghost';
  className?: string;
}

/** Copies `value`, and says so for two seconds. */
export function CopyButton({ value, label, showLabel, variant = 'ghost', className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      toast.error('The browser did not allow copying. Select the text and copy it by hand.');
    }
  };

  return (
    <Button
      variant={variant}
      size={showLabel ? 'sm' : 'icon'}
      aria-label={label}
      onClick={copy}
      className={className}
    >
      {copied ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />}
      {showLabel ? (copied ? 'Copied' : label) : null}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
