"""A bank: accounts, transfers with checked IBANs, payees, standing orders, limits."""

from collections.abc import Iterable
from typing import Any

from benchmarks.planted_world.tools import RefusedError


def iban(country: str, number: str) -> str:
    """Return the IBAN of an account number, with its check digits (ISO 13616, mod 97-10)."""
    digits = "".join(str(int(char, 36)) for char in f"{number}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{number}"


def is_iban(text: str) -> bool:
    """Return whether the check digits of `text` are right."""
    plain = text.replace(" ", "").upper()
    if len(plain) < 15 or not plain.isalnum():
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


class Bank:
    """One customer's bank.

    Args:
        accounts: balance by account id.
        history: past payments of the first account.
        limit: what one transfer may be at most.
        flaky: so many first transfers fail with a passing error.
        closed: IBANs that send money back.
    """

    def __init__(
        self,
        accounts: dict[str, float],
        history: Iterable[dict[str, Any]] = (),
        *,
        limit: float = 10_000,
        flaky: int = 0,
        closed: tuple[str, ...] = (),
        payees: dict[str, str] | None = None,
    ) -> None:
        self.accounts = dict(accounts)
        self.history = list(history)
        self.limit = limit
        self.flaky = flaky
        self.closed = closed
        self.payees = dict(payees or {})
        self.standing: dict[str, dict[str, Any]] = {}
        self._number = 0

    def _account(self, account: str) -> float:
        if account not in self.accounts:
            raise RefusedError("unknown_account", f"no account {account}")
        return self.accounts[account]

    def list_accounts(self) -> list[dict[str, Any]]:
        """List accounts with balances in EUR."""
        return [{"account": key, "balance": f"{value:.2f}"} for key, value in self.accounts.items()]

    def list_transactions(self, limit: int = 10) -> list[dict[str, Any]]:
        """List the latest payments, newest first."""
        return self.history[: -limit - 1 : -1]

    def search_transactions(self, payee: str) -> list[dict[str, Any]]:
        """Find payments to or from a payee."""
        return [row for row in self.history if payee.lower() in str(row["payee"]).lower()]

    def list_payees(self) -> list[dict[str, Any]]:
        """List the saved payees."""
        return [{"name": name, "iban": number} for name, number in self.payees.items()]

    def add_payee(self, name: str, iban: str) -> dict[str, Any]:
        """Save a payee, or change a saved one's IBAN."""
        if not is_iban(iban):
            raise RefusedError("invalid_iban", f"check digits of {iban} are wrong")
        self.payees[name] = iban
        return {"name": name, "iban": iban, "status": "saved"}

    def transfer(
        self, from_account: str, to_iban: str, name: str, amount: float, reference: str
    ) -> dict[str, Any]:
        """Transfer EUR from one of the accounts to an IBAN; final once executed."""
        balance = self._account(from_account)
        if self.flaky:
            self.flaky -= 1
            raise RefusedError("service_unavailable", "503 core banking busy, nothing was booked")
        if not is_iban(to_iban):
            raise RefusedError("invalid_iban", f"check digits of {to_iban} are wrong")
        if to_iban in self.closed:
            raise RefusedError("account_closed", f"{to_iban} was closed by its holder")
        if amount > self.limit:
            raise RefusedError("limit_exceeded", f"limit per transfer is {self.limit:.2f} EUR")
        if amount > balance:
            raise RefusedError(
                "insufficient_funds", f"balance of {from_account}: {balance:.2f} EUR"
            )
        self.accounts[from_account] = round(balance - amount, 2)
        self._number += 1
        row = {"date": "2026-03-09", "payee": name, "amount": -amount, "reference": reference}
        self.history.append(row)
        return {"id": f"tx-{7000 + self._number}", "status": "executed", "to": to_iban, **row}

    def move_between(self, from_account: str, to_account: str, amount: float) -> dict[str, Any]:
        """Move EUR between two of the customer's own accounts."""
        balance, _ = self._account(from_account), self._account(to_account)
        if amount > balance:
            raise RefusedError(
                "insufficient_funds", f"balance of {from_account}: {balance:.2f} EUR"
            )
        self.accounts[from_account] = round(balance - amount, 2)
        self.accounts[to_account] = round(self.accounts[to_account] + amount, 2)
        return {"status": "executed", "balances": dict(self.accounts)}

    def create_standing_order(
        self, from_account: str, to_iban: str, name: str, amount: float, day: int
    ) -> dict[str, Any]:
        """Pay an amount on the same day of every month."""
        self._account(from_account)
        if not is_iban(to_iban):
            raise RefusedError("invalid_iban", f"check digits of {to_iban} are wrong")
        key = f"so-{len(self.standing) + 11}"
        self.standing[key] = {"to": to_iban, "name": name, "amount": amount, "day": day}
        return {"id": key, "status": "active", **self.standing[key]}

    def list_standing_orders(self) -> list[dict[str, Any]]:
        """List the standing orders."""
        return [{"id": key, **row} for key, row in self.standing.items()]

    def cancel_standing_order(self, order_id: str) -> dict[str, Any]:
        """Cancel a standing order."""
        if order_id not in self.standing:
            raise RefusedError("not_found", f"no standing order {order_id}")
        return {"id": order_id, "status": "cancelled", **self.standing.pop(order_id)}

    def set_transfer_limit(self, amount: float) -> dict[str, Any]:
        """Change the limit per transfer."""
        before, self.limit = self.limit, amount
        return {"limit_before": before, "limit": amount}

    def freeze_card(self, card: str) -> dict[str, Any]:
        """Block a card at once."""
        return {"card": card, "status": "blocked"}
