import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { isSignedIn } from './(auth)/session';

export default async function Home() {
  await cookies();
  redirect((await isSignedIn()) ? '/recruiter/api' : '/sign-in');
}
