import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Providers } from '@/components/shell/providers';
import { Shell } from '@/components/shell/shell';
import { isSignedIn } from '../(auth)/session';
import { signOut } from '../(auth)/sign-in/actions';
import { setTheme } from './actions';

export default async function RecruiterLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get('theme')?.value;
  if (!(await isSignedIn())) redirect('/sign-in');
  return (
    <Providers>
      <Shell
        theme={chosen === 'light' || chosen === 'dark' ? chosen : 'system'}
        setTheme={setTheme}
        signOut={signOut}
      >
        {children}
      </Shell>
    </Providers>
  );
}
