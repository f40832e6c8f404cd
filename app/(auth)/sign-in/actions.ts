'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { serverClient } from '@/lib/supabase/server';
import { demoCredentials } from '../demo';
import { authMessage } from './messages';
import { nextPath } from './next-path';

export interface SignInState {
  /** One sentence above the form; null when there is nothing to say. */
  error: string | null;
  notice: string | null;
  /** Messages by field name. */
  fields: Readonly<Record<string, string>>;
  /** What was entered, so that a form without JavaScript keeps it; never the password. */
  values: Readonly<Record<string, string>>;
}

const email = z.email('Enter a full e-mail address.').max(254);
const signInForm = z.object({ email, password: z.string().min(1, 'Enter your password.') });
const signUpForm = z.object({
  email,
  password: z
    .string()
    .min(8, 'Choose a password of at least 8 characters.')
    .max(72, 'At most 72 characters.'),
  organization: z
    .string()
    .trim()
    .min(1, 'Enter the name of your organization.')
    .max(120, 'At most 120 characters.'),
});

function entered(form: FormData): Record<string, string> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { email: text('email').trim(), password: text('password'), organization: text('organization') };
}

function refusal(
  form: FormData,
  problem: { error?: string; notice?: string; issues?: z.core.$ZodIssue[] },
): SignInState {
  const { password: _, ...values } = entered(form);
  const fields = Object.fromEntries(
    (problem.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]),
  );
  return { error: problem.error ?? null, notice: problem.notice ?? null, fields, values };
}

/** Signs in by e-mail and password; sets the session's cookies and goes on to the dashboard. */
export async function signIn(_: SignInState, form: FormData): Promise<SignInState> {
  const input = signInForm.safeParse(entered(form));
  if (!input.success) return refusal(form, { issues: input.error.issues });
  const client = await serverClient();
  const { error } = await client.auth.signInWithPassword(input.data);
  if (error) return refusal(form, { error: authMessage(error) });
  redirect(nextPath(form.get('next')));
}

/** Makes an account and, by the database's trigger, its organization. */
export async function signUp(_: SignInState, form: FormData): Promise<SignInState> {
  const input = signUpForm.safeParse(entered(form));
  if (!input.success) return refusal(form, { issues: input.error.issues });
  const { organization, ...credentials } = input.data;
  const client = await serverClient();
  const { data, error } = await client.auth.signUp({
    ...credentials,
    options: { data: { organization_name: organization } },
  });
  if (error) return refusal(form, { error: authMessage(error) });
  if (!data.session) {
    return refusal(form, { notice: `Almost there: follow the link that we sent to ${input.data.email}.` });
  }
  redirect(nextPath(form.get('next')));
}

/** Signs in to the demo workspace, where there is one (embedded mode only). */
export async function signInToDemo(_: SignInState, form: FormData): Promise<SignInState> {
  const credentials = await demoCredentials();
  if (!credentials) return refusal(form, { error: 'There is no demo workspace here.' });
  const client = await serverClient();
  const { error } = await client.auth.signInWithPassword(credentials);
  if (error) return refusal(form, { error: authMessage(error) });
  redirect(nextPath(form.get('next')));
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  const client = await serverClient();
  await client.auth.signOut({ scope: 'local' });
  redirect('/sign-in');
}
