import { redirect } from 'next/navigation';

export default function Recruiter() {
  redirect('/recruiter/api');
}
