package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ddmon/internal/loopback"
	"ddmon/internal/render/machine"
	"ddmon/internal/routine"
	"ddmon/internal/sandbox"
)

// sandboxLockWait is how long a run waits for another run that has the sandbox's file open.
const sandboxLockWait = 5 * time.Second

// sandboxFile is the file in which the sandbox keeps its objects between runs.
func (a *App) sandboxFile() string { return filepath.Join(a.flags.dir, ".ddmon", "sandbox.db") }

func newSandboxCommand(a *App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the embedded sandbox",
		Long: "The sandbox is an embedded Datadog for experiments and tests, which needs no account. It stores its objects in\n" +
			".ddmon/sandbox.db in the stack's folder. Most commands use it with --sandbox; `ddmon sandbox serve` serves it\n" +
			"over HTTP.",
		Example: "  # Serve the sandbox of the stack\n  ddmon sandbox serve",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSandboxServeCommand(a))
	return cmd
}

// serveOptions are the flags of sandbox serve.
type serveOptions struct {
	listen  string
	data    string
	latency time.Duration
	public  bool
	faults  string
	// recording is the folder of the recording that the sandbox plays, from at, speed times as fast as it was recorded.
	recording string
	at        string
	speed     float64
}

func newSandboxServeCommand(a *App) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the sandbox over HTTP to any Datadog client",
		Long: "serve answers like Datadog's API, so that curl, Terraform's Datadog provider or another tool can use it: set\n" +
			"DD_HOST to its address and use any keys. It has no access control, so it listens only on loopback addresses\n" +
			"unless --public is set.\n" +
			"\n" +
			"With --recording, the sandbox plays a recorded incident: it answers queries for metrics, logs and events from the\n" +
			"recording, and monitors have the states that they would have had. Its clock is the time in the recording. Data\n" +
			"that is later than that does not exist yet.",
		Example: "  # Serve the sandbox of the stack\n" +
			"  ddmon sandbox serve\n" +
			"\n" +
			"  # Use another port and file\n" +
			"  ddmon sandbox serve --listen 127.0.0.1:9000 --data box.db\n" +
			"\n" +
			"  # Inject faults from a script\n" +
			"  ddmon sandbox serve --faults faults.txt\n" +
			"\n" +
			"  # Play a recorded incident from a minute before its start, ten times as fast\n" +
			"  ddmon sandbox serve --recording testdata/incident-5 --at incident_start-1m --speed 10",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.startWriting() // its clients get their responses
			if o.data == "" {
				o.data = a.sandboxFile()
			}
			return a.serveSandbox(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8765", "`ADDRESS` to listen on; port 0 picks a free port")
	f.StringVar(&o.data, "data", "", "`FILE` that stores the objects (default .ddmon/sandbox.db in the stack's folder)")
	f.DurationVar(&o.latency, "latency", 0, "wait this `DURATION` before each response")
	f.BoolVar(&o.public, "public", false, "allow listening on an address that other machines can reach")
	f.StringVar(&o.faults, "faults", "", "inject faults from the script in `FILE`, for example: POST /api/v1/monitor 3 reset=after")
	f.StringVar(&o.recording, "recording", "", "play the recording in `DIR`")
	f.StringVar(&o.at, "at", "", "begin to play at this `TIME`: a phase (incident_start-1m), a time of day (14:24:11), an offset (+4m) or an absolute time; default: the start of the recording")
	f.Float64Var(&o.speed, "speed", 1, "play `N` times as fast as recorded; 0 stops the time")
	return cmd
}

// readFaults reads a fault script; without a path there are no faults.
func readFaults(path string) (*sandbox.Faults, error) {
	if path == "" {
		return nil, nil
	}
	script, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--faults: %w", err)
	}
	faults, err := sandbox.ParseFaults(script)
	if err != nil {
		return nil, fmt.Errorf("--faults %s: %w", path, err)
	}
	return faults, nil
}

func (a *App) serveSandbox(ctx context.Context, o serveOptions) (err error) {
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return fmt.Errorf("invalid --listen %q: use HOST:PORT, such as 127.0.0.1:8765", o.listen)
	}
	if !o.public && !loopback.IsHost(host) {
		return fmt.Errorf("--listen %s is reachable from other machines, and the sandbox has no access control: "+
			"listen on 127.0.0.1, or add --public to allow this", o.listen)
	}
	options := sandbox.Options{Now: a.Now, Latency: o.latency, LockWait: sandboxLockWait}
	if options.Faults, err = readFaults(o.faults); err != nil {
		return err
	}
	played, err := a.play(ctx, o, &options)
	if err != nil {
		return err
	}
	server, err := sandbox.Open(o.data, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", o.listen, err)
	}
	if a.flags.json {
		err = a.writeDocument(machine.Serving{FormatVersion: machine.FormatVersion, URL: "http://" + listener.Addr().String(), Data: o.data})
	} else {
		_, err = fmt.Fprintf(a.Stdout, "Sandbox on http://%s, objects in %s.%s Press Ctrl-C to stop.\n", listener.Addr(), o.data, played)
	}
	if err != nil {
		return err
	}
	return serve(ctx, listener, server, o.public)
}

// shutdownGrace is how long requests in flight can take when the sandbox stops.
const shutdownGrace = 2 * time.Second

// serve answers requests until ctx is done or the sandbox's file cannot be written, and then lets requests in flight
// finish.
func serve(ctx context.Context, listener net.Listener, box *sandbox.Server, public bool) error {
	server := sandbox.NewHTTPServer(box, public)
	serving := routine.Start(func() error { return server.Serve(listener) })
	select {
	case <-serving.Done():
		return serving.Wait()
	case <-box.Failed():
	case <-ctx.Done():
	}
	grace, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer stop()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errors.Join(box.Failure(), server.Close())
}
