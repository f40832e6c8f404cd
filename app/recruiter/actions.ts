'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';

const yearSeconds = 31_536_000;
const theme = z.enum(['light', 'dark']);

/** Remembers the colours that the person chose; anything but `light` and `dark` means the system's. */
export async function setTheme(wanted: string): Promise<void> {
  const jar = await cookies();
  const chosen = theme.safeParse(wanted);
  if (!chosen.success) jar.delete('theme');
  else jar.set('theme', chosen.data, { path: '/', maxAge: yearSeconds, sameSite: 'lax', httpOnly: true });
}
