import { readCustomer } from '../../../database/queries/customers.ts';
import type { Route } from '../../deps.ts';
import { Customer } from '../../schemas/customer.ts';
import { showRoute } from '../plain/show-route.ts';

export const showCustomerRoute: Route = showRoute({
  path: '/customers',
  what: 'customer',
  shape: Customer,
  read: readCustomer,
});
