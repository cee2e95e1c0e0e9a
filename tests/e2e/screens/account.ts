import { expect, type Page } from 'playwright/test'
import type { RunningApp } from '../../../scripts/lib/app/start-app'

export const OWNER = { name: 'Olivia Owner', email: 'olivia@nexa.example', password: 'four calm words here' }

/** First run: the first account owns the installation. */
export async function createOwner(page: Page, { ownerCode = '' }: Pick<RunningApp, 'ownerCode'>) {
  await page.goto('/')
  await expect(page).toHaveURL(/\/welcome$/)
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password').fill(OWNER.password)
  // Whoever finds the page first has not got the code.
  await page.getByLabel('One-time code').fill('2222-2222-2222')
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page.getByText('This is not the one-time code.')).toBeVisible()
  await page.getByLabel('One-time code').fill(ownerCode.toLowerCase())
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page).toHaveURL(/\/campaigns$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible()
}

export async function signIn(page: Page) {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password').fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/campaigns$/)
}
