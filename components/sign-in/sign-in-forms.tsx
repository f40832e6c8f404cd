'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface FormState {
  error: string | null;
  notice: string | null;
  fields: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
}

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

interface FormProps {
  action: FormAction;
  next: string | null;
}

const untouched: FormState = { error: null, notice: null, fields: {}, values: {} };

function Messages({ state }: { state: FormState }) {
  return (
    <div aria-live="polite" className="empty:-mb-4">
      {state.error ? <p className="rounded-lg bg-bad-soft px-3 py-2 text-bad">{state.error}</p> : null}
      {state.notice ? <p className="rounded-lg bg-ok-soft px-3 py-2 text-ok">{state.notice}</p> : null}
    </div>
  );
}

function EmailField({ state }: { state: FormState }) {
  return (
    <Field label="E-mail" error={state.fields.email}>
      {(wiring) => (
        <Input
          {...wiring}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={state.values.email}
          required
        />
      )}
    </Field>
  );
}

/** E-mail and password. */
export function SignInForm({ action, next }: FormProps) {
  const [state, submit, pending] = useActionState(action, untouched);
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Messages state={state} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <EmailField state={state} />
      <Field label="Password" error={state.fields.password}>
        {(wiring) => (
          <Input {...wiring} name="password" type="password" autoComplete="current-password" required />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={pending} className="mt-1 w-full">
        Sign in
      </Button>
    </form>
  );
}

/** E-mail, password and the organization that the account begins with. */
export function SignUpForm({ action, next }: FormProps) {
  const [state, submit, pending] = useActionState(action, untouched);
  return (
    <form action={submit} className="flex flex-col gap-4">
      <Messages state={state} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <Field
        label="Organization"
        error={state.fields.organization}
        hint="The name your colleagues will recognise."
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="organization"
            autoComplete="organization"
            maxLength={120}
            defaultValue={state.values.organization}
            required
          />
        )}
      </Field>
      <EmailField state={state} />
      <Field label="Password" error={state.fields.password} hint="At least 8 characters.">
        {(wiring) => (
          <Input
            {...wiring}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={8}
            required
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={pending} className="mt-1 w-full">
        Make the workspace
      </Button>
    </form>
  );
}

/** One press into the demo workspace. */
export function DemoButton({ action, next }: FormProps) {
  const [state, submit, pending] = useActionState(action, untouched);
  return (
    <form action={submit} className="grid gap-3">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <Button type="submit" busy={pending} className="w-full">
        Use the demo workspace
      </Button>
      <Messages state={state} />
    </form>
  );
}
