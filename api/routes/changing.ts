import type { Route } from '../deps.ts';
import { showMe } from './me.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';

/** Calls that change something, and what belongs to them. */
export const changingRoutes: readonly Route[] = [signIn, signOut, showMe];
