import '@fontsource-variable/inter/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { isTheme, THEME_COOKIE } from '@/components/shell/theme'
import { Toaster } from '@/components/ui/overlays/toast'

export const metadata: Metadata = {
  title: { default: 'LeadNexConnect', template: '%s · LeadNexConnect' },
  description: 'Lead generation and email outreach that never lies about where it stands.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8fbfc' },
    { media: '(prefers-color-scheme: dark)', color: '#0c1317' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries its own nonce, so none is rendered ahead of the request.
  await connection()
  const theme = (await cookies()).get(THEME_COOKIE)?.value
  return (
    <html lang="en" {...(isTheme(theme) ? { 'data-theme': theme } : {})}>
      <body>
        <div className="isolate">{children}</div>
        <Toaster />
      </body>
    </html>
  )
}
