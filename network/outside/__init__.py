"""What is asked of hosts outside: only of the public web, politely, and never by a visitor's request."""
