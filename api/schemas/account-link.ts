import { Type } from '@fastify/type-provider-typebox';

import { accountLinkKinds } from '../../domain/account-links.ts';
import { oneOf } from './one-of.ts';
import { Invitation } from './settings.ts';

/** What the address of a link ends with; ours have 43 letters. */
export const LinkCredential = Type.String({ minLength: 1, maxLength: 200 });

/** What a link is for: shown to whoever has it. */
export const OpenLink = Type.Object({
  kind: oneOf(accountLinkKinds),
  company: Type.String(),
  name: Type.String(),
  email: Type.String(),
  expiresAt: Type.String(),
});

/** For admins, who may hand it over themselves. */
export const ShownInvitation = Type.Object({
  ...Invitation.properties,
  url: Type.Union([Type.String(), Type.Null()], {
    description: 'null: it leads nowhere any more; send another',
  }),
});
