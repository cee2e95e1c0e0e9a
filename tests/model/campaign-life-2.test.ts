import { playLives } from './lives'

playLives(2)
