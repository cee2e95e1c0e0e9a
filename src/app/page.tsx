import { redirect } from 'next/navigation'
import { isFirstRun } from '@/server/session'

export default async function Home(): Promise<never> {
  redirect((await isFirstRun()) ? '/welcome' : '/campaigns')
}
