import { redirect } from 'next/navigation'
import { routes } from '@/routes'
import { isFirstRun } from '@/server/session'

export default async function Home(): Promise<never> {
  redirect((await isFirstRun()) ? routes.welcome : routes.campaigns())
}
