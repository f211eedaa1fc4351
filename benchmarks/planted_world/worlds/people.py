"""A personnel system: employees, pay, bank details, leave, roles."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class People:
    """Employees are dicts with id, team, salary, iban, leave_days, role."""

    def __init__(self, employees: list[dict[str, Any]], *, frozen: bool = False) -> None:
        self.employees = {str(row["id"]): dict(row) for row in employees}
        self.frozen = frozen
        self.grants: list[str] = []

    def list_employees(self, team: str = "") -> list[dict[str, Any]]:
        """List employees, of one team if named."""
        return [
            {"id": row["id"], "team": row["team"], "role": row["role"]}
            for row in self.employees.values()
            if not team or row["team"] == team
        ]

    def get_employee(self, employee_id: str) -> dict[str, Any]:
        """Read an employee's whole record."""
        if employee_id not in self.employees:
            raise RefusedError("not_found", f"no employee {employee_id}")
        return self.employees[employee_id]

    def update_employee(self, employee_id: str, field: str, value: str) -> dict[str, Any]:
        """Change a field of a record."""
        row = self.get_employee(employee_id)
        if self.frozen and field in ("salary", "iban"):
            raise RefusedError("payroll_frozen", "payroll is frozen until the run of the 12th")
        before, row[field] = row.get(field), value
        return {"id": employee_id, "field": field, "before": before, "after": value}

    def approve_leave(self, employee_id: str, days: int) -> dict[str, Any]:
        """Approve days of leave."""
        row = self.get_employee(employee_id)
        if days > int(row["leave_days"]):
            raise RefusedError("not_enough_days", f"{row['leave_days']} days left")
        row["leave_days"] = int(row["leave_days"]) - days
        return {"id": employee_id, "approved": days, "days_left": row["leave_days"]}

    def grant_access(self, account: str, permission: str) -> dict[str, Any]:
        """Grant an account a permission of the personnel system."""
        self.grants.append(f"{account}:{permission}")
        return {"account": account, "permission": permission, "status": "granted"}

    def revoke_access(self, account: str, permission: str) -> dict[str, Any]:
        """Take a permission away."""
        return {"account": account, "permission": permission, "status": "revoked"}

    def terminate_employee(self, employee_id: str) -> dict[str, Any]:
        """End an employment: closes accounts and deletes the mailbox at once."""
        self.get_employee(employee_id)
        del self.employees[employee_id]
        return {"id": employee_id, "status": "terminated", "mailbox": "deleted"}
