/**
 * What targets charge, kept by month, and the budgets that bound it. Money is decimal and exact;
 * nothing here knows where a call goes.
 */
package dev.cordon.core.costs;
