// Command ddmon manages Datadog monitors and dashboards as code; see README.md.
package main

import (
	"os"

	"ddmon/internal/cli"
)

func main() { os.Exit(cli.Main()) }
