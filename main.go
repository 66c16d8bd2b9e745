// Command ddmon manages Datadog monitors, dashboards, SLOs and downtimes as code. See README.md.
package main

import (
	"os"

	"ddmon/internal/cli"
)

func main() { os.Exit(cli.Main()) }
