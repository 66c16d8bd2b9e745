# A service seen through its logs: one error monitor for each of its parts, and one that notices silence.

stack "checkout" {
  tags = ["service:checkout", "team:payments"]
}

variable "notify" {
  type        = list(string)
  default     = ["@slack-payments"]
  description = "Handles that an alert tells."
}

variable "env" {
  type        = string
  default     = "prod"
  description = "The environment that is watched."

  validation {
    condition     = contains(["prod", "staging"], var.env)
    error_message = "env is prod or staging."
  }
}
