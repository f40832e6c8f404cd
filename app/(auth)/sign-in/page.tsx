import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInScreen } from '@/components/sign-in/sign-in-screen';
import { demoCredentials } from '../demo';
import { isSignedIn } from '../session';
import { signIn, signInToDemo, signUp } from './actions';
import { nextPath } from './next-path';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ mode?: string | string[]; next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  await cookies();
  const { mode, next } = await searchParams;
  if (await isSignedIn()) redirect(nextPath(next));
  return (
    <SignInScreen
      mode={mode === 'sign-up' ? 'sign-up' : 'sign-in'}
      next={typeof next === 'string' ? nextPath(next) : null}
      demoAvailable={(await demoCredentials()) !== null}
      signIn={signIn}
      signUp={signUp}
      signInToDemo={signInToDemo}
    />
  );
}
