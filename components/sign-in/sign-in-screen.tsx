import Link from 'next/link';
import { Brand } from '@/components/shell/brand';
import { cn } from '@/components/ui/cn';
import { Postmark } from './postmark';
import { DemoButton, type FormAction, SignInForm, SignUpForm } from './sign-in-forms';

interface SignInScreenProps {
  mode: 'sign-in' | 'sign-up';
  /** Where to go afterwards; null means the dashboard's first page. */
  next: string | null;
  demoAvailable: boolean;
  signIn: FormAction;
  signUp: FormAction;
  signInToDemo: FormAction;
}

function ModeLink({
  mode,
  current,
  next,
  children,
}: {
  mode: string;
  current: boolean;
  next: string | null;
  children: string;
}) {
  const search = new URLSearchParams({ ...(mode === 'sign-up' ? { mode } : {}), ...(next ? { next } : {}) });
  const query = search.toString();
  return (
    <Link
      href={query ? `/sign-in?${query}` : '/sign-in'}
      replace
      aria-current={current ? 'page' : undefined}
      className={cn(
        'rounded-md px-3 py-1.5 text-center font-medium text-[0.8125rem] transition-colors',
        current ? 'bg-raised text-ink shadow-card' : 'text-ink-3 hover:text-ink',
      )}
    >
      {children}
    </Link>
  );
}

/** Signing in and signing up, beside a picture of what the product does. Works without JavaScript. */
export function SignInScreen({ mode, next, demoAvailable, signIn, signUp, signInToDemo }: SignInScreenProps) {
  const signingUp = mode === 'sign-up';
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,1fr)_1.15fr]">
      <main className="flex flex-col px-6 py-7 sm:px-12">
        <Brand />
        <div className="m-auto w-full max-w-sm py-10">
          <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.028em]">
            {signingUp ? 'Make a workspace' : 'Welcome back'}
          </h1>
          <p className="mt-1.5 text-ink-3">
            {signingUp
              ? 'Your organization, its webhooks, and everybody who should see them.'
              : 'See what was told to whom, and what they answered.'}
          </p>
          <nav aria-label="Account" className="mt-7 mb-6 grid grid-cols-2 gap-0.5 rounded-lg bg-sunken p-0.5">
            <ModeLink mode="sign-in" current={!signingUp} next={next}>
              I have an account
            </ModeLink>
            <ModeLink mode="sign-up" current={signingUp} next={next}>
              I am new here
            </ModeLink>
          </nav>
          {signingUp ? (
            <SignUpForm action={signUp} next={next} />
          ) : (
            <SignInForm action={signIn} next={next} />
          )}
          {demoAvailable ? (
            <>
              <div className="my-5 flex items-center gap-3 text-ink-3 text-xs" aria-hidden>
                <span className="h-px flex-1 bg-line" />
                or
                <span className="h-px flex-1 bg-line" />
              </div>
              <DemoButton action={signInToDemo} next={next} />
            </>
          ) : null}
        </div>
      </main>
      <aside className="relative hidden overflow-hidden bg-night lg:grid lg:place-items-center">
        <Postmark />
      </aside>
    </div>
  );
}
