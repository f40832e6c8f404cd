'use client';

import { useEffect, useRef, useState } from 'react';
import { ApiError } from './data/http';
import { urlProblem } from './model/url';
import { type FormProblems, formProblems, problemsFromApi, type WebhookForm } from './model/webhook-form';

/** The state of a webhook's form: what is entered, and what is wrong with it, said at the right time. */
export function useWebhookForm(initial: WebhookForm, allowHttp: boolean, failure: Error | null) {
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [urlLeft, setUrlLeft] = useState(false);
  /** What was changed since the API refused it: its messages no longer hold there. */
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());

  // What is wrong may be out of sight: the first of it is brought into view, and focused where it can be.
  const formRef = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals === 0 && !failure) return;
    const first = formRef.current?.querySelector<HTMLElement>(
      '[aria-invalid=true], [data-problem], [role=alert]',
    );
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'center' });
  }, [refusals, failure]);

  const own = formProblems(form, allowHttp);
  const shown: FormProblems = tried ? own : {};
  if (!tried && urlLeft && form.url.trim() !== '') {
    const url = urlProblem(form.url, allowHttp);
    if (url) shown.url = url;
  }
  const fromApi = failure instanceof ApiError ? problemsFromApi(failure.fields) : { problems: {}, rest: [] };
  const stillTrue = Object.fromEntries(
    Object.entries(fromApi.problems).filter(([field]) => !changed.has(field)),
  );
  const atFields = Object.keys(fromApi.problems).length > 0 && fromApi.rest.length === 0;

  return {
    form,
    formRef,
    tried,
    problems: { ...stillTrue, ...shown } satisfies FormProblems,
    /** What belongs to no field; null when there is none. */
    general: failure && !atFields ? [failure.message, ...fromApi.rest].join(' ') : null,
    change: (part: Partial<WebhookForm>) => {
      setForm((current) => ({ ...current, ...part }));
      setChanged((current) => new Set([...current, ...Object.keys(part)]));
    },
    leaveUrl: () => setUrlLeft(true),
    /** Runs `send` when nothing is wrong, else shows what is. */
    submit: (send: (form: WebhookForm) => void) => {
      setTried(true);
      setChanged(new Set());
      if (Object.keys(own).length === 0) send(form);
      else setRefusals((count) => count + 1);
    },
  };
}
