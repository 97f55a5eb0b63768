/** Which target a call goes to: a pure function of what the policy says and what was measured. */
package dev.cordon.core.routing.choice;
