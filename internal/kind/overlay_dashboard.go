package kind

// Pages of Datadog's documentation that several fields share.
const (
	docDashboard = "https://docs.datadoghq.com/api/latest/dashboards/#create-a-new-dashboard"
	docWidgets   = "https://docs.datadoghq.com/dashboards/widgets/"
	docTemplate  = "https://docs.datadoghq.com/dashboards/template_variables/"
	docLayout    = "https://docs.datadoghq.com/dashboards/configure/"
	docQuerying  = "https://docs.datadoghq.com/dashboards/querying/"
)

// dashboardOverlay is the overlay for dashboards.
func dashboardOverlay() overlay {
	return overlay{
		added:  dashboardAdded + widgetAdded,
		fields: append(dashboardFacts(), widgetFacts()...),
		values: widgetValues(),
		reads:  []readFact{{schema: "Dashboard", field: "layout_type", Strict: true}}, // FINDINGS, error table
	}
}

// dashboardAdded has fields of responses and accepted requests that are not in the OpenAPI file.
const dashboardAdded = `
# FINDINGS dashboards 4: in the summaries of a list
object Dashboard
 deleted_at string nullable readonly

# FINDINGS dashboards 2: "@1" is the first widget
union DashboardTabWidgetID integer string
`

// dashboardFacts describes the fields of dashboards outside widgets.
func dashboardFacts() []fact {
	const d, v = "Dashboard", "DashboardTemplateVariable"
	return []fact{
		{schema: d, field: "title", Doc: docDashboard, Note: "The title of the dashboard, also part of its URL. Does not need to be unique."},
		{schema: d, field: "description", Default: "", Trim: true, Doc: docDashboard, // FINDINGS dashboards 2; writing the marker removes newlines before it
			Note: "The description below the title. ddmon keeps its ownership marker in the last line."},
		{schema: d, field: "layout_type", Doc: docLayout, Note: "\"ordered\" (a grid) or \"free\" (every widget needs a layout)."},
		{schema: d, field: "reflow_type", Default: "auto", Doc: docLayout, // KEN
			Note: "Ordered dashboards only: \"auto\" positions the widgets, \"fixed\" requires a layout for every widget."},
		{schema: d, field: "widgets", Doc: docWidgets, Note: "The widgets of the dashboard. A group contains other widgets."},
		{schema: d, field: "template_variables", Doc: docTemplate, Note: "Variables that users can change above the dashboard. Use $name in a query."},
		{schema: d, field: "template_variable_presets", Doc: docTemplate, Note: "Saved views: named sets of values for the template variables."},
		{schema: d, field: "tags", Set: true, Doc: docDashboard, // FINDINGS dashboards 4
			Note: "At most five tags, only with the key team."},
		{schema: d, field: "tabs", Doc: docDashboard, Note: "Groups the widgets in tabs by their ids. \"@1\" is the first widget."},
		{schema: "DashboardTab", field: "id", Volatile: true, Optional: true},         // FINDINGS dashboards 2
		{schema: "DashboardTab", field: "widget_ids", Type: "[]DashboardTabWidgetID"}, // FINDINGS dashboards 2
		{schema: d, field: "default_timeframe", Doc: docDashboard, Note: "The default time frame of the dashboard; null removes it."},
		{schema: d, field: "notify_list", Set: true, Unmanaged: true, Doc: docDashboard, // FINDINGS dashboards 2: comes back sorted
			Note: "Users to notify of changes to the dashboard. ddmon does not change it unless it is set."},
		{schema: d, field: "restricted_roles", Set: true, Unmanaged: true, Doc: docRestrict, // FINDINGS dashboards 2
			Note: "Roles that can edit the dashboard. ddmon does not change it unless it is set."},
		// FINDINGS dashboards 2; KEN READONLY_ATTRIBUTES
		{schema: d, field: "id", ReadOnly: true, Volatile: true, Doc: docDashboard, Note: "Assigned by Datadog. Use dashboard.NAME.id to refer to it."},
		{schema: d, field: "url", ReadOnly: true, Doc: docDashboard, Note: "The URL of the dashboard; depends on the title."},
		{schema: d, field: "author_handle", ReadOnly: true, Doc: docDashboard, Note: "The user who created the dashboard."},
		{schema: d, field: "author_name", ReadOnly: true, Doc: docDashboard, Note: "The user who created the dashboard."},
		{schema: d, field: "created_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was created."},
		{schema: d, field: "modified_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was last edited."},
		{schema: d, field: "deleted_at", ReadOnly: true, Doc: docDashboard, Note: "When the dashboard was deleted."},
		{schema: d, field: "experience_type", ReadOnly: true, Doc: docDashboard, Note: "The Datadog product that the dashboard belongs to."},
		{schema: d, field: "is_read_only", ReadOnly: true, Use: "a restriction policy", Doc: "https://docs.datadoghq.com/dashboards/guide/is-read-only-deprecation/", // FINDINGS dashboards 2 and errors
			Note: "Rejected by Datadog since 2025."},

		{schema: v, field: "name", Doc: docTemplate, Note: "The name of the variable: $name in queries."},
		{schema: v, field: "prefix", Doc: docTemplate, Note: "The tag or attribute whose values the variable can have."},
		{schema: v, field: "defaults", Doc: docTemplate, Note: "The default values, at least one. Cannot be combined with default."},
		{schema: v, field: "default", Use: "defaults", Doc: docTemplate},
		{schema: v, field: "available_values", Doc: docTemplate, Note: "The values that users can choose. If unset, all values."},
		{schema: "DashboardTemplateVariablePresetValue", field: "value", Use: "values", Doc: docTemplate},
	}
}
