import { Type } from '@fastify/type-provider-typebox';

/** A person looks at a page some times; a whole office behind one address more often. */
export const READING_RATE = { max: 120, timeWindow: '1 minute' };

/** What a person sends in ten minutes, with every second thought; more is a machine. */
export const SENDING_RATE = { max: 20, timeWindow: '10 minutes' };

export const TokenParams = Type.Object({ token: Type.String({ minLength: 1, maxLength: 400 }) });
