import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload, PayloadConverter } from '@temporalio/common';

/**
 * Never throws on what comes in: one badly encoded signal, sent by hand, would otherwise fail the
 * workflow task for ever. What cannot be read becomes a value that says so, which is recorded as
 * a rejected command.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: <T>(payload: Payload): T => {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch {
      return defaultPayloadConverter.fromPayload<T>(unreadable);
    }
  },
};

const unreadable = defaultPayloadConverter.toPayload({
  malformed: 'its encoding cannot be read; send JSON (encoding json/plain)',
});
