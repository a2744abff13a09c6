/** Name of the template database; test code only ever touches databases whose name contains "test". */
export const TEMPLATE = "yiting_test_template";
