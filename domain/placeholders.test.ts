import { describe, expect, it } from 'vitest';

import { fillPlaceholders, placeholderValues, unknownPlaceholders } from './placeholders.ts';

const values = placeholderValues({
  customer: { name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' },
  ticket: { number: 12, subject: 'Lamp' },
});

describe('a placeholder', () => {
  it('is filled with what is known, with or without blanks in its braces', () => {
    const text = 'Hi {{customer.firstName}}, {{ customer.name }}: {{ticket.number}}';
    expect(fillPlaceholders(text, values)).toBe('Hi Eleanor, Eleanor Hughes: 12');
  });

  it('takes the blanks before it along when there is nothing to say', () => {
    const nobody = placeholderValues({ customer: { name: '', email: 'a@b.test' } });
    expect(fillPlaceholders('Hello {{customer.name}},\n{{customer.firstName}}!', nobody)).toBe(
      'Hello,\n!',
    );
  });

  it('says what the text has for it when there is no value', () => {
    const nobody = placeholderValues({ customer: { name: '', email: 'a@b.test' } });
    const hello = 'Hi {{customer.firstName | "there"}}, {{ agent.name|“the team” }}';
    expect(fillPlaceholders(hello, nobody)).toBe('Hi there, the team');
    expect(fillPlaceholders(hello, values)).toBe('Hi Eleanor, the team');
    expect(fillPlaceholders('Hi {{customer.firstName | ""}}!', nobody)).toBe('Hi!');
    expect(fillPlaceholders("Hi {{customer.firstName | 'O'Neill'}}!", nobody)).toBe("Hi O'Neill!");
    expect(fillPlaceholders('{{customer.nmae | "you"}}', values)).toBe('{{customer.nmae | "you"}}');
    expect(unknownPlaceholders('{{customer.nmae | "you"}}')).toEqual(['customer.nmae']);
  });

  it('stays in the text when nobody knows it, and is never filled twice', () => {
    expect(fillPlaceholders('{{agent.name}} {{constructor}}', values)).toBe(
      '{{agent.name}} {{constructor}}',
    );
    expect(fillPlaceholders('{{customer.name}}', { 'customer.name': '{{ticket.number}}' })).toBe(
      '{{ticket.number}}',
    );
  });

  it('is told from a mistyped one', () => {
    const text = '{{customer.nmae}} {{customer.name}} {{customer.nmae}} {{agent.name}}';
    expect(unknownPlaceholders(text)).toEqual(['customer.nmae']);
    expect(unknownPlaceholders(text, ['customer.name'])).toEqual(['customer.nmae', 'agent.name']);
  });
});
